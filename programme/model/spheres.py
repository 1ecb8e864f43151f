"""Kinds of dead letters: what can be set aside where it fails again and again."""

from __future__ import annotations

from enum import StrEnum


class Sphere(StrEnum):
    """What kind of thing can be set aside; its key is the number of its row unless said otherwise."""

    UPDATE = "update"  # a channel's update that could not be written down; its key is the channel's
    INBOX = "inbox"  # a message that could not be answered
    RECEIPT = "receipt"  # what a channel told of a delivery, and that could not be written; its key is the reference
    DELIVERY = "delivery"  # a message that could not be read, or whose fate could not be written down
    REMINDER = "reminder"  # a participant whose reminders could not be planned
    LEAVING = "leaving"  # a participant whose data could not be deleted, though their time was over
    TICKET = "ticket"  # a ticket that the rounds could not look after
    VIEW = "view"  # a ticket that could not be shown to the staff
    NOTICE = "notice"  # words to a group of the staff that were refused
    INCIDENT = "incident"  # an incident whose news could not be spread
    BROADCAST = "broadcast"  # a broadcast that could not be moved on
    JOB = "job"  # a round of the helpdesk or a job; its key is the name
