using Fpe.Compute;
using Fpe.Counting;
using Fpe.Embedded.Edges;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Networks;

/// <summary>A trained model as a network in floating-point numbers.</summary>
internal static class NumberNetwork
{
    private const int WeightBytes = sizeof(float);

    /// <summary>Reads a model.</summary>
    /// <param name="model">The model, whose layers <see cref="ByteCounts.WhyNot"/> accepts; the caller reads it.</param>
    /// <exception cref="CExportException">Two layers would have the same name in C, or a number is not finite.</exception>
    public static CNetwork Of(Model model)
    {
        IReadOnlyList<LayerPlan> plans = model.Plan.Layers;
        IReadOnlyList<string> names = CIdentifiers.OfLayers(model.Plan.Name, [.. plans.Select(plan => plan.Name)]);
        var steps = new List<CStep>();
        for (int l = 0; l < plans.Count; l++)
        {
            switch (model.Layers[l])
            {
                case Linear linear:
                    int norm = NormAfter(plans, l);
                    steps.Add(Product(model.Plan.Name, linear, names[l], norm < 0 ? null : (BatchNorm)model.Layers[norm]));
                    break;
                case Activation activation:
                    steps.Add(new FunctionStep(activation.Name, names[l], activation.OutputCount, activation.Plan.Function));
                    break;
                case BatchNorm separate when !ByteCounts.IsFolded(plans, l, NumberFormat.Float):
                    steps.Add(Norm(model.Plan.Name, separate, names[l]));
                    break;
                case BatchNorm or Dropout or Flatten:
                    break; // part of the layer before, or nothing that a prediction computes
                default:
                    throw new InvalidOperationException($"{plans[l].Name} is {plans[l].GetType().Name}.");
            }
        }

        return new CNetwork(model.Plan, model.Meaning, NumberFormat.Float, steps, Input: null, ClassRule.OfOutputs(model.Plan, model.Meaning));
    }

    /// <summary>The normalisation that is part of a layer; −1 if there is none.</summary>
    private static int NormAfter(IReadOnlyList<LayerPlan> plans, int layer)
    {
        int next = layer + 1;
        while (next < plans.Count && plans[next] is DropoutPlan or FlattenPlan)
            next++;
        return next < plans.Count && plans[next] is BatchNormPlan && ByteCounts.IsFolded(plans, next, NumberFormat.Float) ? next : -1;
    }

    private static NumberProduct Product(string model, Linear linear, string name, BatchNorm? norm)
    {
        EdgeLayout layout = linear.Edges;
        double[] weights = linear.ReadWeights(), biases = linear.ReadBiases();
        if (norm is not null)
        {
            (double[] factors, double[] terms) = UnitsOf(norm);
            Scale(layout, weights, Each(factors, norm.Plan.Places));
            for (int row = 0; row < biases.Length; row++)
                biases[row] = (biases[row] * factors[row / norm.Plan.Places]) + terms[row / norm.Plan.Places];
        }

        float[] slots = Array.ConvertAll(weights, weight => (float)weight), summands = Array.ConvertAll(biases, bias => (float)bias);
        RequireFinite($"{model}.{linear.Name}", slots.Concat(summands));
        var rows = new EdgeRows(layout, linear.Children, Math.Min(linear.Plan.Expansion.Share, linear.NeuronCount));
        return new NumberProduct(linear.Name, name, EdgeForms.Smallest(rows, WeightBytes), layout.InputCount, slots, summands, linear.Plan.Activation);
    }

    private static void Scale(EdgeLayout layout, double[] slots, float[] factors)
    {
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                for (int c = 0; c < block.Columns.Length; c++)
                    slots[slot++] *= factors[row];
            }
        }
    }

    /// <summary>What a normalisation multiplies each unit by, γ / √(σ² + ε), and what it adds.</summary>
    private static (double[] Factors, double[] Terms) UnitsOf(BatchNorm norm)
    {
        double[] Read(Parameter parameter)
        {
            var values = new double[parameter.Count];
            parameter.Value.Read(values);
            return values;
        }

        double[] shift = Read(norm.Shift), mean = Read(norm.RunningMean), variance = Read(norm.RunningVariance);
        double[] factors = [.. Read(norm.Scale).Select((gamma, unit) => gamma / Math.Sqrt(variance[unit] + norm.Plan.Epsilon))];
        return (factors, [.. shift.Select((beta, unit) => beta - (factors[unit] * mean[unit]))]);
    }

    private static NormStep Norm(string model, BatchNorm norm, string name)
    {
        (double[] factors, double[] terms) = UnitsOf(norm);
        float[] scales = Each(factors, norm.Plan.Places), summands = Each(terms, norm.Plan.Places);
        RequireFinite($"{model}.{norm.Name}", scales.Concat(summands));
        return new NormStep(norm.Name, name, scales, summands);
    }

    /// <summary>Requires numbers of a layer that C can write: what a normalisation multiplies can exceed the range of a float.</summary>
    private static void RequireFinite(string layer, IEnumerable<float> numbers)
    {
        if (numbers.Any(number => !float.IsFinite(number)))
            throw new CExportException(layer, "with its normalisation, a weight or a bias is not a finite 32-bit number, which C cannot write; train with a larger ε, or without units of variance 0.");
    }

    private static float[] Each(double[] units, int places) => [.. units.SelectMany(value => Enumerable.Repeat((float)value, places))];
}
