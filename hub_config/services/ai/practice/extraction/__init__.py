"""What stands in a text, by kind: dates, times, money, numbers to call, people, places."""
