using Fpe.Compute;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fpe.Torch;

/// <summary>Reads a chain of linear modules and activations.</summary>
internal static class LayerChain
{
    private const string Accepted = "a chain is a Linear, or a Sequential of Linear, ReLU, GELU, Tanh, Sigmoid, SiLU, Softplus, Hardswish, LeakyReLU, Dropout and Identity";

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
        if (layer.Activation.Kind != ActivationFunction.Identity || layer.DropoutRate > 0)
            throw new TorchModuleException($"Module {name} follows another activation or a dropout; a linear layer has one activation, right after it.");
        layer.Activation = module switch
        {
            ReLU => (ElementFunction)ActivationFunction.Relu,
            GELU gelu => Require(name, gelu, ActivationFunction.Gelu, atOne: 0.8413447f, "an approximate GELU; models support only the exact one"),
            Tanh => ActivationFunction.Tanh,
            Sigmoid => ActivationFunction.Sigmoid,
            SiLU => ActivationFunction.Silu,
            Softplus softplus => Require(name, softplus, ActivationFunction.Softplus, atOne: 1.3132617f, "a Softplus with another beta; models support only log(1 + exp(z))"),
            Hardswish => ActivationFunction.HardSwish,
            LeakyReLU leaky => ElementFunction.LeakyRelu(SlopeOf(leaky)),
            _ => throw new TorchModuleException($"Module {name} is of type {module.GetName()}; {Accepted}."),
        };
    }

    /// <summary>Modules with parameters are recognised by their output for 1.</summary>
    private static ElementFunction Require(string name, nn.Module<Tensor, Tensor> module, ElementFunction function, float atOne, string problem)
    {
        using DisposeScope scope = NewDisposeScope();
        return MathF.Abs(module.forward(tensor(One)).item<float>() - atOne) < 1e-5f
            ? function
            : throw new TorchModuleException($"Module {name} is {problem}.");
    }

    /// <summary>−f(−1), in double precision.</summary>
    private static double SlopeOf(LeakyReLU module)
    {
        using DisposeScope scope = NewDisposeScope();
        return -module.forward(tensor(-1.0)).item<double>();
    }

    private static ChainLayer Last(List<ChainLayer> layers, string name) =>
        layers.Count > 0 ? layers[^1] : throw new TorchModuleException($"Module {name} comes before the first linear layer; {Accepted}.");
}
