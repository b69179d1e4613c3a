using Fpe.Compute;
using Fpe.Distributed;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>The moments of all parameters of a model. They cover only existing edges and are reset to zero at the split.</summary>
internal sealed class OptimizerState : IDisposable
{
    private readonly Optimizer optimizer;
    private readonly IKernels kernels;
    private readonly Parameter[] parameters;
    private readonly DeviceBuffer[][] buffers;
    private readonly ProcessGroup? shards;
    private ParameterUpdate[] together;
    private Transfer? completion;
    private long step;

    /// <summary>Allocates moments of zero.</summary>
    /// <param name="optimizer">The settings.</param>
    /// <param name="model">The model.</param>
    /// <param name="shards">The ranks, each of which updates a segment of long parameters; null if this process updates all.</param>
    public OptimizerState(Optimizer optimizer, Model model, ProcessGroup? shards = null)
    {
        (this.optimizer, this.shards) = (optimizer, shards);
        kernels = model.Device.Kernels;
        parameters = [.. model.Parameters];
        buffers = [.. parameters.Select(parameter => Allocate(parameter, model.Device))];
        together = Together();
    }

    /// <summary>The buffers of each parameter, in the order of the model's parameters.</summary>
    public IReadOnlyList<IReadOnlyList<DeviceBuffer>> Buffers => buffers;

    /// <summary>The number of steps since the moments were zero.</summary>
    public long StepCount => step;

    /// <summary>Resumes after some steps.</summary>
    /// <param name="moments">The buffers of each parameter; see <see cref="ParameterValues"/>.</param>
    /// <param name="steps">The number of steps since the moments were zero.</param>
    public void Resume(double[][][] moments, long steps)
    {
        step = steps;
        for (int p = 0; p < parameters.Length; p++)
        {
            for (int b = 0; b < buffers[p].Length; b++)
                ParameterValues.Write(parameters[p], moments[p][b], buffers[p][b]);
        }
    }

    /// <summary>Updates the state for a weight whose edges have changed: remaining edges keep their moments, new ones start at 0.</summary>
    public void Replace(Parameter old, Parameter replacement, EdgeTransfer transfer)
    {
        int p = Array.IndexOf(parameters, old);
        DeviceBuffer[] oldBuffers = buffers[p];
        (parameters[p], buffers[p]) = (replacement, Allocate(replacement, old.Value.Device));
        var slots = new double[old.Edges!.Layout.SlotCount];
        for (int b = 0; b < oldBuffers.Length; b++)
        {
            old.Edges.Read(oldBuffers[b], slots);
            replacement.Edges!.Write(transfer.Move(slots), buffers[p][b]);
            oldBuffers[b].Dispose();
        }

        together = Together();
        completion?.Dispose();
        completion = null;
    }

    /// <summary>Receives the moments that other ranks have updated, so that this rank has all.</summary>
    public void Complete()
    {
        if (shards is null)
            return;
        completion ??= Segments.PrepareGather(shards, [.. parameters.Zip(buffers).Where(own => IsShard(own.First)).SelectMany(own => own.Second).Select(buffer => new SegmentedBuffer(buffer, shards.Size))]);
        completion.Start();
        completion.Complete();
    }

    /// <summary>Updates every parameter from its gradient.</summary>
    /// <param name="learningRate">The learning rate of this step.</param>
    public void Step(double learningRate)
    {
        step++;
        bool areUpdated = optimizer.TryUpdateTogether(kernels, together, learningRate, step);
        for (int p = 0; p < parameters.Length; p++)
        {
            if (parameters[p].Role.IsLearned() && !(areUpdated && HasWholeGradient(parameters[p])))
                optimizer.Update(kernels, parameters[p], buffers[p], learningRate, step);
        }
    }

    public void Dispose()
    {
        completion?.Dispose();
        foreach (DeviceBuffer buffer in buffers.SelectMany(own => own))
            buffer.Dispose();
    }

    private static bool HasWholeGradient(Parameter parameter) => parameter.Role != ParameterRole.Table;

    private ParameterUpdate[] Together() =>
    [
        .. parameters.Zip(buffers)
            .Where(own => own.First.Role.IsLearned() && HasWholeGradient(own.First))
            .Select(own => IsShard(own.First)
                ? new ParameterUpdate(ShardOf(own.First.Value), ShardOf(own.First.Gradient), Array.ConvertAll(own.Second, ShardOf), own.First.IsWeight)
                : new ParameterUpdate(own.First.Value, own.First.Gradient, own.Second, own.First.IsWeight)),
    ];

    private bool IsShard(Parameter parameter) => shards is not null && parameter.Role.IsLearned() && GradientExchange.IsLong(parameter);

    private DeviceBuffer ShardOf(DeviceBuffer buffer) => new SegmentedBuffer(buffer, shards!.Size).SliceOf(shards.Rank);

    private DeviceBuffer[] Allocate(Parameter parameter, Device device)
    {
        var own = new DeviceBuffer[optimizer.BuffersPerParameter];
        for (int b = 0; b < own.Length; b++)
            own[b] = device.Allocate(parameter.Value.Length);
        return own;
    }
}
