using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Fpe;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Research.Controls;

namespace PairsOfCalls;

/// <summary>A model that several threads call, and what the calls need besides. Everything about it follows from the plan and the seed.</summary>
internal sealed class Subject : IDisposable
{
    private const int Inputs = 12;
    private const int Classes = 3;

    private static readonly float[] Samples = [.. Enumerable.Range(0, 300 * Inputs).Select(i => MathF.Sin(i))];

    /// <summary>Networks that together have every buffer a layer can have.</summary>
    public static readonly IReadOnlyList<ModelPlan> Plans =
    [
        new ModelPlan("Dense", Inputs,
        [
            new DropConnectPlan("First", Inputs, 8, 0.1, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(2) { TiesBiases = true } },
            new DropoutPlan("Drop", 8, 0.2),
            new LinearPlan("Second", 8, 32, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Share: 16, Outgoing: Outgoing.Deal) },
            new LinearPlan("Logits", 32, Classes),
        ]),
        new ModelPlan("Images", Inputs,
        [
            new Conv2dPlan("Edges", new ImageShape(3, 2, 2), Filters: 4, Kernel: 2, Padding: 1, Activation: ActivationFunction.Gelu),
            new MaxPool2dPlan("Pool", new ImageShape(4, 3, 3), Kernel: 2, Stride: 1),
            new FlattenPlan("Features", new ImageShape(4, 2, 2)),
            new LinearPlan("Hidden", 16, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(4) },
            new LinearPlan("Logits", 6, Classes),
        ]),
    ];

    /// <summary>Makes a subject as all with this plan are in the beginning.</summary>
    /// <param name="plan">The network.</param>
    /// <param name="isExpanded">Whether it is expanded already.</param>
    /// <param name="device">Where it lives.</param>
    /// <param name="folder">Where its files are.</param>
    public Subject(ModelPlan plan, bool isExpanded, Device device, string folder)
    {
        Model = new PlannedModel(plan, seed: 1, device);
        Other = new PlannedModel(plan, seed: 2, device);
        if (isExpanded)
            Model.Expand();
        Folder = folder;
        SavedWeights = Path.Combine(folder, $"{plan.Name}-{(isExpanded ? "expanded" : "dense")}.safetensors");
    }

    /// <summary>The model.</summary>
    public PlannedModel Model { get; }

    /// <summary>A dense parent with other weights.</summary>
    public PlannedModel Other { get; }

    /// <summary>Where files may be written.</summary>
    public string Folder { get; }

    /// <summary>A file with other weights for the model.</summary>
    public string SavedWeights { get; }

    /// <summary>Data to train on and to measure with.</summary>
    public static Dataset Data { get; } = Dataset.OfClasses(
        "data", Inputs, Samples[..(40 * Inputs)], [.. Enumerable.Range(0, 40).Select(i => i * i % Classes)], Classes);

    /// <summary>Outputs of a model for so many samples, as a few characters.</summary>
    public static string Outputs(PlannedModel model, int samples)
    {
        var outputs = new float[samples * Classes];
        model.Forward(Samples.AsSpan(0, samples * Inputs), outputs);
        return Digest(MemoryMarshal.AsBytes<float>(outputs));
    }

    /// <summary>The class of a sample.</summary>
    public static string Class(PlannedModel model, int sample) => $"{model.Predict(Samples.AsSpan(sample * Inputs, Inputs))}";

    /// <summary>Numbers as a few characters.</summary>
    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexString(SHA256.HashData(bytes).AsSpan(0, 6));

    public void Dispose()
    {
        Model.Dispose();
        Other.Dispose();
    }
}
