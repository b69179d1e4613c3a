using Fpe.Compute;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fpe.Torch;

/// <summary>Reads a chain of linear modules and activations.</summary>
internal static class LayerChain
{
    private const string Accepted = "a chain is a Linear, or a Sequential of Linear, ReLU, GELU, Tanh, Sigmoid, Dropout and Identity";

    private static readonly float[] One = [1];

    /// <exception cref="TorchModuleException">The module is not such a chain.</exception>
    public static IReadOnlyList<ChainLayer> Read(nn.Module chain)
    {
        ArgumentNullException.ThrowIfNull(chain);
        var layers = new List<ChainLayer>();
        Add(layers, chain.GetName(), chain);
        return layers.Count > 0 ? layers : throw new TorchModuleException($"Module {chain.GetName()} has no linear layer; {Accepted}.");
    }

    private static void Add(List<ChainLayer> layers, string name, nn.Module module)
    {
        switch (module)
        {
            case Sequential chain:
                foreach ((string child, nn.Module part) in chain.named_children())
                    Add(layers, child, part);
                break;
            case TorchSharp.Modules.Linear or EdgeLinear:
                layers.Add(new ChainLayer(name, module));
                break;
            case TorchSharp.Modules.Dropout dropout:
                Last(layers, name).DropoutRate = dropout.p;
                break;
            case TorchSharp.Modules.Identity:
                break;
            default:
                Activate(Last(layers, name), name, module);
                break;
        }
    }

    private static void Activate(ChainLayer layer, string name, nn.Module module)
    {
        if (layer.Activation != ActivationFunction.Identity || layer.DropoutRate > 0)
            throw new TorchModuleException($"Module {name} follows another activation or a dropout; a linear layer has one activation, right after it.");
        layer.Activation = module switch
        {
            ReLU => ActivationFunction.Relu,
            GELU gelu => RequireExact(name, gelu),
            Tanh => ActivationFunction.Tanh,
            Sigmoid => ActivationFunction.Sigmoid,
            _ => throw new TorchModuleException($"Module {name} is a {module.GetName()}; {Accepted}."),
        };
    }

    private static ActivationFunction RequireExact(string name, GELU gelu)
    {
        using DisposeScope scope = NewDisposeScope();
        float atOne = gelu.forward(tensor(One)).item<float>();
        return MathF.Abs(atOne - 0.8413447f) < 1e-5f
            ? ActivationFunction.Gelu
            : throw new TorchModuleException($"Module {name} is an approximate GELU; models support only the exact one.");
    }

    private static ChainLayer Last(List<ChainLayer> layers, string name) =>
        layers.Count > 0 ? layers[^1] : throw new TorchModuleException($"Module {name} comes before the first linear layer; {Accepted}.");
}
