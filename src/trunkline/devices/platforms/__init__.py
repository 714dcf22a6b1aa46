"""One folder for each platform: `platform.yml`, `statements.yml`, `driver.py`."""
