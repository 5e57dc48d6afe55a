// The clock of a browser test: shifts every reading of the wall clock by the milliseconds
// that localStorage holds under "test-clock", as {"offset_ms": 60000}. The offset is read
// at each call, so a test can let time pass while the page stays open. Timers and
// performance.now() keep their own pace. Without the key, or where storage is blocked,
// time is the real one.
(() => {
  const RealDate = Date;

  function offsetMs() {
    try {
      return Number(JSON.parse(localStorage.getItem("test-clock")).offset_ms) || 0;
    } catch {
      return 0;
    }
  }

  const now = () => RealDate.now() + offsetMs();

  const TestDate = new Proxy(RealDate, {
    construct(target, args, newTarget) {
      const shifted = args.length === 0 ? [now()] : args;
      return Reflect.construct(target, shifted, newTarget === TestDate ? target : newTarget);
    },
    apply() {
      return new RealDate(now()).toString();
    },
    get(target, key) {
      return key === "now" ? now : Reflect.get(target, key);
    },
  });
  RealDate.prototype.constructor = TestDate;
  globalThis.Date = TestDate;
})();
