"""Says what is wrong with this installation and how to mend it: settings, cluster, topics, accounts, store, subscriber."""

from otpstream.doctor.examination import examine
from otpstream.doctor.findings import Finding, Verdict

__all__ = ["Finding", "Verdict", "examine"]
