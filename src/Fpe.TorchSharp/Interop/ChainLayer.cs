using Fpe.Compute;
using Fpe.Torch.Compute;
using static TorchSharp.torch;
using TorchLinear = TorchSharp.Modules.Linear;

namespace Fpe.Torch;

/// <summary>A linear module of a chain, and the activation module that follows it.</summary>
/// <param name="Name">Name of the linear module in the chain, for messages.</param>
/// <param name="Module">The linear module: TorchSharp's, or one exported before.</param>
internal sealed record ChainLayer(string Name, nn.Module Module)
{
    public int InputCount => Module is EdgeLinear edges ? edges.InputCount : checked((int)((TorchLinear)Module).weight.shape[1]);

    public int OutputCount => Module is EdgeLinear edges ? edges.OutputCount : checked((int)((TorchLinear)Module).weight.shape[0]);

    /// <summary>Biases: one per output, or fewer where outputs share one.</summary>
    public int BiasCount => Module is EdgeLinear edges ? edges.BiasCount : OutputCount;

    public ActivationFunction Activation { get; set; } = ActivationFunction.Identity;

    /// <summary>Rate of the dropout module that follows; 0 where there is none.</summary>
    public double DropoutRate { get; set; }

    /// <summary>Whether the module has the edges of a layout.</summary>
    public bool HasEdges(EdgeLayout layout) => Module is EdgeLinear edges
        ? edges.HasEdges(layout)
        : layout.Structure == EdgeStructure.Dense && !layout.HasHoles && (layout.InputCount, layout.OutputCount) == (InputCount, OutputCount);

    /// <summary>One weight per slot of the layout that the module has the edges of.</summary>
    public double[] ReadWeights()
    {
        if (Module is EdgeLinear edges)
            return edges.ReadWeights();
        Tensor weight = ((TorchLinear)Module).weight;
        var values = new double[weight.numel()];
        HostCopy.Read(weight, values);
        return values;
    }

    /// <summary>The biases: <see cref="BiasCount"/> of them, 0 where the module has none.</summary>
    public double[] ReadBiases()
    {
        if (Module is EdgeLinear edges)
            return edges.ReadBiases();
        var values = new double[OutputCount];
        if (((TorchLinear)Module).bias is { } bias)
            HostCopy.Read(bias, values);
        return values;
    }
}
