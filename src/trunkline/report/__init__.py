"""What people and machines read of a plan and of drift: terminal, markdown, JUnit."""
