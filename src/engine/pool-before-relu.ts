import type { LayerShape } from "../networks/shapes.ts";

/** ReLU and max-pool commute, exactly; in this order the ReLU and its gradient have a fraction of the elements. */
export function poolBeforeRelu(shapes: readonly LayerShape[]): LayerShape[] {
  const order = [...shapes];
  for (let i = 0; i + 1 < order.length; i++) {
    const [relu, pool] = [order[i] as LayerShape, order[i + 1] as LayerShape];
    if (relu.layer.layer === "relu" && pool.layer.layer === "max-pool")
      order.splice(i, 2, pool, { ...relu, input: pool.output, output: pool.output });
  }
  return order;
}
