using Fpe.Compute;

namespace Fpe;

/// <summary>A network declared as an annotated partial class.</summary>
public abstract class Model : IDisposable
{
    /// <summary>Creates an initialised dense parent; called by generated code.</summary>
    protected Model(ModelPlan plan, long seed, Device device)
    {
        Plan = plan;
        Seed = seed;
        Device = device;
    }

    /// <summary>The model as it was declared.</summary>
    public ModelPlan Plan { get; }

    /// <summary>Seed of the initial weights and of the split.</summary>
    public long Seed { get; }

    /// <summary>Where the model lives.</summary>
    public Device Device { get; }

    /// <inheritdoc/>
    public void Dispose() => GC.SuppressFinalize(this);
}
