"""Reads the one-time passcode out of any SMS, or keeps silent: pure, explainable, standard library only."""

from processors.extract.decide import extract
from processors.extract.explaining import explain
from processors.extract.model import DEFAULT, Candidate, Explanation, Extraction, Policy

__all__ = ["DEFAULT", "Candidate", "Explanation", "Extraction", "Policy", "explain", "extract"]
