"use client";

import { ErrorMessage } from "@/components/shell/error-message";

export default ErrorMessage;
