using Fpe.Compute;
using Fpe.Expansion;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Fpe.Torch;

/// <summary>Exchanges models with TorchSharp modules: a chain of linear modules becomes a dense parent, a model becomes a chain.</summary>
public static class TorchModules
{
    /// <summary>Creates a dense parent from a chain of linear modules and activations, ready to be expanded.</summary>
    /// <param name="chain">A Linear, or a Sequential of Linear, ReLU, exact GELU, Tanh, Sigmoid, Dropout and Identity.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="expansion">How all layers except the last are expanded; null to keep them dense.</param>
    /// <param name="seed">Seed of the split.</param>
    /// <param name="device">The device that holds the model; <see cref="Fpe.Compute.Device.Default"/> if null.</param>
    /// <exception cref="TorchModuleException">The module is not such a chain.</exception>
    public static PlannedModel Import(
        nn.Module chain, string name, ExpansionPlan? expansion = null, long seed = 0, Fpe.Compute.Device? device = null)
    {
        IReadOnlyList<ChainLayer> layers = LayerChain.Read(chain);
        var plans = new List<LayerPlan>();
        for (int l = 0; l < layers.Count; l++)
        {
            ChainLayer layer = layers[l];
            bool isHidden = l < layers.Count - 1;
            plans.Add(new LinearPlan($"Linear{l + 1}", layer.InputCount, layer.OutputCount, layer.Activation)
            {
                Expansion = isHidden && expansion is not null ? expansion : ExpansionPlan.None,
            });
            if (layer.DropoutRate > 0)
                plans.Add(new DropoutPlan($"Dropout{l + 1}", layer.OutputCount, layer.DropoutRate));
        }

        RequireChain(layers);
        var model = new PlannedModel(new ModelPlan(name, layers[0].InputCount, plans), seed, device);
        TakeOver(model, layers);
        return model;
    }

    /// <summary>
    /// Loads the weights of a chain: modules of the same shapes for a dense parent, or a chain that was exported from this model or an
    /// equal one, and trained afterwards.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="chain">Modules with the same edges and activations; the dropout of the model is unchanged.</param>
    /// <exception cref="TorchModuleException">Layers, edges or activations differ; the model is unchanged.</exception>
    public static void Load(this Model model, nn.Module chain)
    {
        ArgumentNullException.ThrowIfNull(model);
        TakeOver(model, LayerChain.Read(chain));
    }

    /// <summary>
    /// Copies a model to a chain of TorchSharp modules, which computes the same function and can be part of a larger network. Its
    /// parameters are the existing weights and biases.
    /// </summary>
    /// <param name="model">A model of linear and dropout layers, dense or expanded.</param>
    /// <param name="device">The device that holds the modules; the CPU if null.</param>
    /// <exception cref="TorchModuleException">The model has a layer of another kind.</exception>
    public static Sequential ToTorchModule(this Model model, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        TorchLibrary.Load(model.Plan.Name, device?.type ?? DeviceType.CPU);
        using IDisposable reading = model.BeginRead();
        Sequential chain = nn.Sequential();
        for (int l = 0; l < model.Layers.Count; l++)
        {
            Layer layer = model.Layers[l];
            string name = layer.Name.Replace('.', '_'); // a layer of a block has a path, but libtorch allows no dot in the name of a module
            if (!model.Plan.SourcesOf(l).SequenceEqual([l - 1]))
                throw new TorchModuleException($"{model.Plan.Name}.{layer.Name} does not read the preceding layer; only chains of layers can be exported.");
            switch (layer)
            {
                case Linear linear when linear.GetType() == typeof(Linear): // one that derives from it trains in another way
                    chain.append(name, new EdgeLinear(linear, device ?? CPU));
                    if (Activation(linear.Plan.Activation) is { } activation)
                        chain.append($"{name}Activation", activation);
                    break;
                case Dropout dropout:
                    chain.append(name, nn.Dropout(dropout.Plan.Rate));
                    break;
                default:
                    throw new TorchModuleException(
                        $"{model.Plan.Name}.{layer.Name} is of type {layer.GetType().Name}; only models of Linear and Dropout layers can be exported.");
            }
        }

        return chain;
    }

    private static nn.Module<Tensor, Tensor>? Activation(ElementFunction function) => function.Kind switch
    {
        ActivationFunction.Identity => null,
        ActivationFunction.Relu => nn.ReLU(),
        ActivationFunction.Gelu => nn.GELU(),
        ActivationFunction.Tanh => nn.Tanh(),
        ActivationFunction.Sigmoid => nn.Sigmoid(),
        ActivationFunction.Silu => nn.SiLU(),
        ActivationFunction.Softplus => nn.Softplus(),
        ActivationFunction.HardSwish => nn.Hardswish(),
        ActivationFunction.LeakyRelu => nn.LeakyReLU(function.Slope),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "Unknown activation function."),
    };

    private static void RequireChain(IReadOnlyList<ChainLayer> layers)
    {
        foreach ((ChainLayer below, ChainLayer layer) in layers.Zip(layers.Skip(1)))
        {
            if (below.OutputCount != layer.InputCount)
            {
                throw new TorchModuleException(
                    $"Module {layer.Name} reads {layer.InputCount} values, but {below.Name} outputs {below.OutputCount}; make them equal.");
            }
        }
    }

    private static void TakeOver(Model model, IReadOnlyList<ChainLayer> layers)
    {
        // From here on the model counts as trained, so what can be refused was refused before; another thread may have changed it since.
        Matched(model, layers);
        using IDisposable writing = model.BeginWrite();
        foreach ((Linear layer, ChainLayer source) in Matched(model, layers))
        {
            layer.Weight.Edges!.Write(source.ReadWeights(), layer.Weight.Value);
            layer.Bias.Value.Write(source.ReadBiases());
        }
    }

    /// <summary>Returns each linear layer of a model with the one of a chain.</summary>
    /// <exception cref="TorchModuleException">Layers, edges or activations differ.</exception>
    private static (Linear Layer, ChainLayer Source)[] Matched(Model model, IReadOnlyList<ChainLayer> layers)
    {
        if (model.Layers.FirstOrDefault(layer => layer is not (Linear or Dropout)) is { } other)
            throw new TorchModuleException($"{model.Plan.Name}.{other.Name} is of type {other.GetType().Name}, which a chain cannot contain; load into models of Linear and Dropout layers.");
        Linear[] own = [.. model.Layers.OfType<Linear>()];
        if (own.Length != layers.Count)
        {
            throw new TorchModuleException(
                $"{model.Plan.Name} has {own.Length} linear layers, but the chain has {layers.Count}; the numbers must be equal.");
        }

        (Linear Layer, ChainLayer Source)[] pairs = [.. own.Zip(layers)];
        foreach ((Linear layer, ChainLayer source) in pairs)
            RequireSame(model, layer, source);
        return pairs;
    }

    private static void RequireSame(Model model, Linear layer, ChainLayer source)
    {
        string where = $"{model.Plan.Name}.{layer.Name}";
        if (layer.Plan.Activation != source.Activation)
            throw new TorchModuleException($"{where} has the activation {layer.Plan.Activation}, but module {source.Name} has {source.Activation}; they must be equal.");
        if (!source.HasEdges(layer.Edges))
        {
            throw new TorchModuleException(
                $"{where} has {layer.Edges.EdgeCount} edges from {layer.InputCount} inputs to {layer.OutputCount} outputs, but module {source.Name} does not have the "
                + $"same ({source.InputCount} to {source.OutputCount}); load a chain of Linear before expansion, or a chain exported from a model with the same split.");
        }

        if (layer.Bias.Count != source.BiasCount)
            throw new TorchModuleException($"{where} has {layer.Bias.Count} biases for {layer.OutputCount} outputs, but module {source.Name} has {source.BiasCount}; the numbers must be equal.");
    }
}
