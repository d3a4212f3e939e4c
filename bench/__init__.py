"""imgrules beside hand-written code and the engines that people would use instead, measured in one run."""
