from otpstream.cli import main

main()
