"""Points to prove in words. No message stands in any of them: numbers, letters and dates lead to one."""
