"""The Text2FA dashboard API: one account, 21 calls, three suppliers (S1, S2, rentals) and one webhook URL.

client     the 21 calls as documented, JSON out
payloads   what replies and webhooks say, read loosely, since no document shows them
orders     the orders that this process knows of, which tell apart what a webhook leaves open
events     orders and messages as our events, the same by webhook and by poll
ordering   what the three suppliers share
suppliers  the calls under the names of the contract
webhooks   number assignment, SMS reception and rental updates
"""
