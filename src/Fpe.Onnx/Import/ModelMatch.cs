using Fpe.Compute;

namespace Fpe.Onnx.Import;

/// <summary>Compares the network of a file with a model, layer by layer, and then writes the weights.</summary>
internal sealed class ModelMatch
{
    private readonly string file;
    private readonly Model model;
    private readonly ModelPart[] parts;
    private readonly ChainStep[] steps;
    private readonly List<(ModelPart Part, IReadOnlyList<double[]> Values)> assigned = [];
    private readonly List<OnnxImportedLayer> layers = [];
    private readonly List<string> notes;

    private ModelMatch(string file, Chain chain, Model model)
    {
        (this.file, this.model) = (file, model);
        parts = ModelPart.Of(file, model);
        steps = [.. chain.Steps.Where(step => step.Plan is not FlattenPlan)];
        notes = [.. chain.Notes];
        if (chain.InputCount != model.Plan.InputCount)
            throw new OnnxImportException(file, $"its samples have {(chain.Image is { } image ? $"{image} = " : "")}{chain.InputCount} values, but those of {model.Plan.Name} have {model.Plan.InputCount}; declare the model with the inputs of the file.");
    }

    /// <summary>Compares the network of a file with a model.</summary>
    /// <exception cref="OnnxImportException">They differ.</exception>
    public static ModelMatch Of(string file, Chain chain, Model model)
    {
        var match = new ModelMatch(file, chain, model);
        match.Compare();
        return match;
    }

    /// <summary>Gives the weights of the file to the model.</summary>
    public OnnxImport Write()
    {
        foreach ((ModelPart part, IReadOnlyList<double[]> values) in assigned)
            Write(part.Layer, values);
        return new OnnxImport(layers, notes);
    }

    private void Compare()
    {
        int step = 0;
        for (int part = 0; part < parts.Length; part++)
        {
            if (step < steps.Length && parts[part].Computes(steps[step].Plan))
                Assign(parts[part], steps[step++]);
            else if (IsFolded(part))
                AssignNothing(parts[part], parts[part - 1]);
            else
                throw Differ(parts[part], step < steps.Length ? steps[step] : null);
        }

        if (step == steps.Length - 1 && steps[step].Plan is ActivationPlan { Function.Kind: ActivationFunction.Sigmoid })
            notes.Add($"node '{steps[step].Node}' (Sigmoid) is left out, because {model.Plan.Name} ends with logits; {(model.Plan.OutputCount > 1 ? "set Meaning with Task = ModelTask.MultiLabel, and PredictProbabilities" : "PredictProbabilities")} applies it");
        else if (step < steps.Length)
            throw new OnnxImportException(file, $"{Text(steps[step])} comes after the last layer of {model.Plan.Name}; declare a layer for it.");
    }

    /// <summary>Whether a part is a normalisation that writers fold into the weights before it.</summary>
    private bool IsFolded(int part) => parts[part].Plan is BatchNormPlan && part > 0 && parts[part - 1].IsSums;

    private void Assign(ModelPart part, ChainStep step)
    {
        layers.Add(new OnnxImportedLayer(step.Node, step.Operator, LayerText.Of(step.Plan), part.Layer.Name));
        if (step.Values.Count > 0)
            assigned.Add((part, step.Values));
    }

    /// <summary>Sets a normalisation so that it changes nothing: x / √(1 + ε) · √(1 + ε).</summary>
    private void AssignNothing(ModelPart norm, ModelPart sums)
    {
        var plan = (BatchNormPlan)norm.Plan;
        notes.Add($"{model.Plan.Name}.{norm.Layer.Name} has no node, because the file has it in the weights of {sums.Layer.Name}; it is set to change nothing until it is trained");
        assigned.Add((norm, [All(Math.Sqrt(1 + plan.Epsilon)), All(0), All(0), All(1)]));

        double[] All(double value) => [.. Enumerable.Repeat(value, plan.Units)];
    }

    private OnnxImportException Differ(ModelPart part, ChainStep? step)
    {
        string layer = $"{model.Plan.Name}.{part.Layer.Name} is {LayerText.Of(part.Plan)}";
        return new OnnxImportException(file, step is null
            ? $"{layer}, but the file ends before it; remove the layer."
            : $"{Text(step)}, but {layer}; declare the layers of the file, which OnnxImporter.Declare prints.");
    }

    private static string Text(ChainStep step) => $"node '{step.Node}' ({step.Operator}) is {LayerText.Of(step.Plan)}";

    private static void Write(Layer layer, IReadOnlyList<double[]> values)
    {
        foreach ((Parameter parameter, double[] numbers) in layer.Parameters.Zip(values))
        {
            if (parameter.Edges is { } edges)
                edges.Write(numbers, parameter.Value);
            else
                parameter.Value.Write(numbers);
        }
    }
}
