using Fpe.Compute;

namespace Fpe;

/// <summary>Implemented by every model class through generated code, so that other code can create models without reflection.</summary>
/// <typeparam name="TSelf">The model class.</typeparam>
public interface IModel<TSelf>
    where TSelf : Model, IModel<TSelf>
{
    /// <summary>The model as it was declared.</summary>
    static abstract ModelPlan Plan { get; }

    /// <summary>Creates an initialised dense parent.</summary>
    /// <param name="seed">Seed of the initial weights and of the split.</param>
    /// <param name="device">The device that holds the model.</param>
    static abstract TSelf Create(long seed, Device device);
}
