// nodejs-polars makes two hundred functions anew for each step of an expression. That takes a
// millisecond, and they outlive the next collections of garbage: a third of the time of a question.
// Here expressions are small objects that share the functions of a single one, which are lent to
// whichever expression is asked.

type Native = Record<PropertyKey, unknown>;
type Functions = Record<PropertyKey, (...args: unknown[]) => unknown>;

const polars = require("nodejs-polars/bin/lazy/expr/index.js") as {
  _Expr: (native: Native) => Functions;
  Expr: (native: Native) => Functions;
  /** The package's own way, kept when it is replaced. */
  own?: (native: Native) => Functions;
};

class LightExpression {
  constructor(readonly _expr: Native) {}

  inner(): Native {
    return this._expr;
  }
}

/** An expression as nodejs-polars itself makes it, of an expression's `inner()`. */
export const ownExpression = polars.own ?? polars._Expr;

if (!polars.own) {
  let asked: Native = {};
  const native = new Proxy<Native>(
    {},
    {
      get(_, name) {
        const value = asked[name];
        return typeof value === "function" ? value.bind(asked) : value;
      },
    },
  );
  const lent = ownExpression(native);
  for (const name of Reflect.ownKeys(lent)) {
    if (name === "_expr" || name === "inner") continue;
    const isGroup = Object.getOwnPropertyDescriptor(lent, name)!.get !== undefined;
    Object.defineProperty(LightExpression.prototype, name, isGroup ? group(name) : lend(name));
  }

  function lend(name: PropertyKey): PropertyDescriptor & ThisType<LightExpression> {
    return {
      value(...args: unknown[]) {
        const before = asked;
        asked = this._expr;
        try {
          return lent[name]!.apply(this, args);
        } finally {
          asked = before;
        }
      },
    };
  }

  /** `str`, `date`, ...: functions of their own, made where they are asked for. */
  function group(name: PropertyKey): PropertyDescriptor & ThisType<LightExpression> {
    return {
      get() {
        return ownExpression(this._expr)[name];
      },
    };
  }

  const make = (inner: Native) => new LightExpression(inner) as unknown as Functions;
  polars.own = ownExpression;
  polars._Expr = polars.Expr = Object.assign(make, ownExpression);
}
