"""What the commands of ``intendance demand`` show."""
