"use client";

import { useEffect } from "react";

export default function Page() {
  useEffect(() => {
    import("../shared/page.mjs");
  }, []);
  return <h1>getstream-users in Next</h1>;
}
