"""imgrules beside hand-written code and the engines that people would pick instead, measured in one run."""
