using Fpe.Compute;
using Fpe.Torch.Compute;
using static TorchSharp.torch;
using Device = TorchSharp.torch.Device;
using TorchParameter = TorchSharp.Modules.Parameter;

namespace Fpe.Torch;

/// <summary>
/// A linear layer over edges, as a TorchSharp module: y = x · Wᵀ + b, for x of [batch, in]. Only existing weights are parameters, so any
/// optimizer keeps the count; automatic differentiation is supported.
/// </summary>
public sealed class EdgeLinear : nn.Module<Tensor, Tensor>
{
    private readonly EdgeLayout layout;

    /// <summary>Copies a layer.</summary>
    internal EdgeLinear(Linear layer, Device device)
        : base(layer.Name)
    {
        layout = layer.Edges;
        double[] weights = layer.ReadWeights();
        var biases = new float[layer.Bias.Count];
        layer.Bias.Value.Read(biases);
        var kept = Enumerable.Range(0, layout.SlotCount).Where(layout.IsKept);
        long[] placeOf = MatrixProduct.Places(layout);
        var weight = new TorchParameter(tensor(kept.Select(slot => (float)weights[slot]).ToArray(), device: device));
        var bias = new TorchParameter(tensor(biases, device: device));
        Tensor places = tensor(kept.Select(slot => placeOf[slot]).ToArray(), int64, device);
        register_parameter("weight", weight);
        register_parameter("bias", bias);
        register_buffer("places", places, persistent: false);
        if (layer.Bias.Count < layer.OutputCount)
            register_buffer("neurons", tensor(Enumerable.Range(0, layer.OutputCount).Select(output => (long)layer.NeuronOf(output)).ToArray(), int64, device), persistent: false);
    }

    /// <summary>Number of inputs of the layer.</summary>
    public int InputCount => layout.InputCount;

    /// <summary>Number of outputs of the layer.</summary>
    public int OutputCount => layout.OutputCount;

    /// <summary>Number of biases: one per output, or fewer if the children of a neuron share one.</summary>
    internal int BiasCount => checked((int)Bias.numel());

    // Modules replace their tensors when they are moved, so they are looked up each time.
    private TorchParameter Weight => get_parameter("weight")!;

    private TorchParameter Bias => get_parameter("bias")!;

    /// <inheritdoc/>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        Tensor zero = zeros((long)OutputCount * InputCount, Weight.dtype, Weight.device);
        Tensor matrix = zero.scatter(0, get_buffer("places")!, Weight).view(OutputCount, InputCount);
        Tensor biases = BiasCount == OutputCount ? Bias : Bias.index_select(0, get_buffer("neurons")!);
        return nn.functional.linear(x, matrix, biases).MoveToOuterDisposeScope();
    }

    /// <summary>Returns whether the layer has the edges of a layout.</summary>
    internal bool HasEdges(EdgeLayout other) =>
        (layout.InputCount, layout.OutputCount, layout.EdgeCount) == (other.InputCount, other.OutputCount, other.EdgeCount)
        && Places(layout).SequenceEqual(Places(other));

    /// <summary>Returns one weight per slot; 0 if the slot holds no edge.</summary>
    internal double[] ReadWeights()
    {
        var values = new double[layout.EdgeCount];
        HostCopy.Read(Weight, values);
        var slots = new double[layout.SlotCount];
        int next = 0;
        for (int slot = 0; slot < slots.Length; slot++)
            slots[slot] = layout.IsKept(slot) ? values[next++] : 0;
        return slots;
    }

    /// <summary>Returns the <see cref="BiasCount"/> biases.</summary>
    internal double[] ReadBiases()
    {
        var values = new double[BiasCount];
        HostCopy.Read(Bias, values);
        return values;
    }

    private static IEnumerable<long> Places(EdgeLayout layout)
    {
        long[] placeOf = MatrixProduct.Places(layout);
        return placeOf.Where((_, slot) => layout.IsKept(slot));
    }
}
