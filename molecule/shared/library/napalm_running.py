"""Read a box's running configuration with NAPALM alone: a second witness beside our own drivers."""

from __future__ import annotations

from ansible.module_utils.basic import AnsibleModule
from napalm import get_network_driver

_DRIVERS = {"ios_xe": "ios", "eos": "eos"}


def main() -> None:
    """Open, read, close."""
    module = AnsibleModule(
        argument_spec={
            "platform": {"type": "str", "required": True},
            "host": {"type": "str", "required": True},
            "port": {"type": "int", "required": True},
            "user": {"type": "str", "required": True},
            "password": {"type": "str", "required": True, "no_log": True},
        },
        supports_check_mode=True,
    )
    asked = module.params
    driver = get_network_driver(_DRIVERS[asked["platform"]])
    with driver(asked["host"], asked["user"], asked["password"], optional_args={"port": asked["port"]}) as box:
        module.exit_json(changed=False, running=box.get_config(retrieve="running")["running"])


if __name__ == "__main__":
    main()
