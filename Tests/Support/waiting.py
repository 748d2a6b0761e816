"""Waiting for what a browser shows, however slow the machine is."""
import time

from playwright.sync_api import Error

# Nothing takes so long; whoever waits in vain is told.
LONGEST = 180


def wait_until(page, expression, longest=LONGEST):
    """Waits until a script's value is true. It is asked from outside: the page's own policy forbids to evaluate text, which
    is what Playwright's own waiting does whenever the first look is too early."""
    end = time.monotonic() + longest
    while not answer(page, expression):
        if time.monotonic() > end:
            raise TimeoutError(f"waited {longest} s for {expression}")
        page.wait_for_timeout(20)


def answer(page, expression):
    """The script's value; nothing while the page is being replaced by another."""
    try:
        return page.evaluate(expression)
    except Error as error:
        if "context" in str(error) or "navigat" in str(error):
            return None
        raise
