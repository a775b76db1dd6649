"""What toasts look like, however many and however long they are."""

from __future__ import annotations

from tests.tui.board.school import opened, toasts


async def test_toasts_leave_the_board_to_be_seen(school):
    """The oldest go when there are many; of a subject there is one line."""
    async with (app := school.board()).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        for number in range(9):
            app.say(f"#{number} claimed", f"{number} " + "printer " * 40)
            await pilot.pause()
        assert [each[:2] for each in toasts(app)] == ["#4", "#5", "#6", "#7", "#8"]
        for toast in app.screen.query("Toast"):
            assert toast.content_size.height == 2
            assert toast.region.right == 80


async def test_a_toast_has_no_characters_of_uncertain_width(school):
    """In the subject and in what is said."""
    async with (app := school.board()).run_test(size=(80, 24), notifications=True) as pilot:
        await opened(pilot)
        app.say("👍🏽 \x1b]52;c;aGk=\x07 told", "👨\u200d👩 at home")
        await pilot.pause()
        assert toasts(app) == ["👍 ]52;c;aGk= told\n👨👩 at home"]
