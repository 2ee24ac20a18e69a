"""The sources that ``intendance import`` knows."""
