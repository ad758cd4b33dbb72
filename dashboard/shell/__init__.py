"""What surrounds the pages in the browser: French page frame, security headers, fonts, style sheets, health. No page, no figure."""
