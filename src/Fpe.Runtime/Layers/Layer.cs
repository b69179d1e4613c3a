using Fpe.Compute;
using Fpe.Counting;
using static System.FormattableString;

namespace Fpe;

/// <summary>One layer of a model: a step of the forward pass and of the backward pass. Its model frees it.</summary>
/// <remarks>
/// A layer owns its parameters. Everything else that a pass writes, except gradients of parameters, is in <see cref="LayerBuffers"/>, which
/// belong to the pass, so passes that only predict can run concurrently.
/// </remarks>
public abstract class Layer
{
    private ModelAccess access;

    /// <summary>Initialises a layer.</summary>
    /// <param name="plan">The layer as it was declared.</param>
    /// <param name="device">The device that holds the layer.</param>
    protected Layer(LayerPlan plan, Device device)
    {
        Plan = plan;
        Device = device;
        access = new ModelAccess(plan.Name, stripes: 1);
    }

    /// <summary>Name of the property that declares the layer.</summary>
    public string Name => Plan.Name;

    /// <summary>The layer as it was declared.</summary>
    public LayerPlan Plan { get; }

    /// <summary>The device that holds the layer.</summary>
    public Device Device { get; }

    /// <summary>Current number of values per sample that enter the layer; more than planned if the layer below was expanded.</summary>
    public abstract int InputCount { get; }

    /// <summary>Current number of values per sample that leave the layer; more than planned if the layer was expanded.</summary>
    public abstract int OutputCount { get; }

    /// <summary>The values that the layer learns and the statistics that it keeps; empty for a layer with neither.</summary>
    public abstract IReadOnlyList<Parameter> Parameters { get; }

    /// <summary>The layer's kind in a summary, with its activation function if it has one.</summary>
    protected virtual string Kind => GetType().Name;

    /// <summary>Neurons, or filters, of the dense parent; 0 for a layer without neurons.</summary>
    protected virtual int ParentCount => 0;

    /// <summary>Returns the layer's line in a summary.</summary>
    /// <param name="counts">The declared weight counts; all 0 for a layer without weights.</param>
    /// <param name="isExpanded">Whether the model was expanded.</param>
    internal virtual LayerSummary Summarize(LayerWeights counts, bool isExpanded)
    {
        long weights = Parameters.Where(parameter => parameter.IsWeight).Sum(parameter => (long)parameter.Count);
        long biases = Parameters.Where(parameter => parameter.Role.CountsAsBias()).Sum(parameter => (long)parameter.Count);
        int children = ParentCount == 0 ? 1 : OutputCount / Plan.Outputs;
        return new LayerSummary(
            Name, Kind, InputCount, OutputCount, ParentCount, children, counts.Dense, isExpanded ? counts.BeforePruning : counts.Dense, weights, biases);
    }

    /// <summary>Sets the guard of the model that the layer belongs to.</summary>
    internal void Join(ModelAccess modelAccess) => access = modelAccess;

    /// <summary>
    /// Adapts the layer to the widths of the values that it reads; called after construction and whenever widths have changed.
    /// </summary>
    /// <param name="inputs">The units of each value that it reads.</param>
    /// <returns>The units of the layer's outputs.</returns>
    protected internal abstract ValueUnits Follow(IReadOnlyList<ValueUnits> inputs);

    /// <summary>Allocates the buffers of a pass, at the layer's current width.</summary>
    /// <param name="inputs">The buffers of the layers that it reads, or of the samples; their capacity is the capacity of the pass.</param>
    /// <param name="training">Whether the pass includes a backward pass.</param>
    protected internal virtual LayerBuffers Allocate(IReadOnlyList<LayerBuffers> inputs, bool training)
    {
        int capacity = inputs[0].Output.Capacity;
        return new LayerBuffers(AllocateOutputs(capacity), training ? AllocateOutputs(capacity) : null);
    }

    /// <summary>Computes the outputs of <paramref name="buffers"/> from the values that the layer reads.</summary>
    protected internal abstract void Forward(ReadOnlySpan<Activations> inputs, LayerBuffers buffers, in Pass pass);

    /// <summary>
    /// Computes the gradients of the parameters, and the gradient with respect to each input, from the gradient with respect to the
    /// outputs.
    /// </summary>
    /// <param name="inputs">The values that the forward pass read.</param>
    /// <param name="inputGradients">
    /// Receive the gradients with respect to the inputs (=); null for an input that depends on no learned parameter.
    /// </param>
    /// <param name="buffers">The buffers of the forward pass.</param>
    /// <param name="pass">The pass that was given to <see cref="Forward"/>.</param>
    protected internal abstract void Backward(
        ReadOnlySpan<Activations> inputs, ReadOnlySpan<Activations?> inputGradients, LayerBuffers buffers, in Pass pass);

    /// <summary>Frees the parameters.</summary>
    protected internal virtual void Free()
    {
    }

    /// <summary>Allocates outputs for a number of samples.</summary>
    protected Activations AllocateOutputs(int capacity) => Device.AllocateActivations(OutputCount, capacity);

    /// <summary>Reads from the layer while no other call can change it.</summary>
    /// <exception cref="ModelInUseException">Another thread is changing the model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    private protected T Read<T>(Func<T> read)
    {
        using ModelAccess.Scope scope = access.Read(ModelUse.Reading);
        return read();
    }

    /// <summary>Returns the kind of a layer that includes an activation function.</summary>
    private protected string KindWith(ElementFunction activation) => KindWith(GetType().Name, activation);

    /// <inheritdoc cref="KindWith(ElementFunction)"/>
    private protected static string KindWith(string kind, ElementFunction activation) =>
        activation == ActivationFunction.Identity ? kind : $"{kind}, {activation}";

    /// <summary>Returns the PyTorch name of a parameter of the layer, such as <c>hidden.weight</c>.</summary>
    protected string ParameterName(string what) => $"{Plan.NameInFiles}.{what}";
}

/// <content>The part of the plan that only the runtime knows.</content>
public abstract partial record LayerPlan
{
    /// <summary>Creates the initialised layer of the dense parent.</summary>
    /// <param name="device">The device that holds the layer.</param>
    /// <param name="seed">Seed of its initial weights.</param>
    /// <param name="index">Its position in the model, from 0.</param>
    protected internal abstract Layer Create(Device device, long seed, int index);

    /// <summary>Returns the plan of the layer for inputs of other widths; widths that do not depend on the inputs are unchanged.</summary>
    /// <param name="widths">One for each value that it reads.</param>
    protected internal abstract LayerPlan WithInputs(IReadOnlyList<int> widths);

    /// <summary>Checks that the number of tokens that a layer reads does not change.</summary>
    /// <exception cref="PlanException">The width differs.</exception>
    private protected LayerPlan RequireTokens(IReadOnlyList<int> widths, int places) => widths[0] == places
        ? this
        : throw new PlanException(Name, Invariant($"the layer reads {places} tokens, but gets {widths[0]} values; make them equal."));

    /// <summary>Checks that the input of an image layer has as many values as the image.</summary>
    /// <exception cref="PlanException">The width differs.</exception>
    protected LayerPlan RequireSameInput(IReadOnlyList<int> widths) => widths[0] == Inputs
        ? this
        : throw new PlanException(Name, Invariant($"the layer reads an image of {InputImage}, which are {Inputs} values, but gets {widths[0]}; make them equal."));
}
