"""What a job tells about itself: report.json and report.html."""
