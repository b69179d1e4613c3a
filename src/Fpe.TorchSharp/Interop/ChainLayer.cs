using Fpe.Compute;
using Fpe.Torch.Compute;
using static TorchSharp.torch;
using TorchLinear = TorchSharp.Modules.Linear;

namespace Fpe.Torch;

/// <summary>A linear module of a chain, and the activation module that follows it.</summary>
/// <param name="Name">Name of the linear module in the chain, for messages.</param>
/// <param name="Module">The linear module: TorchSharp's, or an exported one.</param>
internal sealed record ChainLayer(string Name, nn.Module Module)
{
    public int InputCount => Module is EdgeLinear edges ? edges.InputCount : checked((int)((TorchLinear)Module).weight.shape[1]);

    public int OutputCount => Module is EdgeLinear edges ? edges.OutputCount : checked((int)((TorchLinear)Module).weight.shape[0]);

    /// <summary>Number of biases: one per output, or fewer if outputs share biases.</summary>
    public int BiasCount => Module is EdgeLinear edges ? edges.BiasCount : OutputCount;

    public ElementFunction Activation { get; set; }

    /// <summary>Rate of the dropout module that follows; 0 if there is none.</summary>
    public double DropoutRate { get; set; }

    /// <summary>Returns whether the module has the edges of a layout.</summary>
    public bool HasEdges(EdgeLayout layout) => Module is EdgeLinear edges
        ? edges.HasEdges(layout)
        : layout.Structure == EdgeStructure.Dense && !layout.HasHoles && (layout.InputCount, layout.OutputCount) == (InputCount, OutputCount);

    /// <summary>Returns one weight per slot of the layout.</summary>
    public double[] ReadWeights()
    {
        if (Module is EdgeLinear edges)
            return edges.ReadWeights();
        Tensor weight = ((TorchLinear)Module).weight;
        var values = new double[weight.numel()];
        HostCopy.Read(weight, values);
        return values;
    }

    /// <summary>Returns the <see cref="BiasCount"/> biases, all 0 if the module has no biases.</summary>
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
