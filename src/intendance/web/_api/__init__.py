"""What the API gives, one module a resource."""
