"""Telling people of the desk outside the board: calls to emergencies, warnings.

places.py    where each person is told, by the config file
push.py      one notice over Apprise: push, chat, SMS
mail.py      one notice by mail
notifier.py  who is due to be told, and sending it
"""
