"""Floor 4: findings that are true."""
