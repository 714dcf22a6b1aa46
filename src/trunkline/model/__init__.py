"""What people write: sites, policy and vault references, read and checked into typed immutable values."""
