"""What our Ansible plugins share: a task's box, what one run keeps of it, and answers as results."""
