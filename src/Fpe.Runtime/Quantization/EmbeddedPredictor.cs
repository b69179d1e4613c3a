using System.Reflection;
using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Files;

namespace Fpe;

/// <summary>
/// Loads networks that only predict from the resources of an assembly. The compiler emits <c>LoadEmbeddedPredictor</c>, which calls it, into
/// the class of a model that the project names as <c>FpeModel</c>.
/// </summary>
public static class EmbeddedPredictor
{
    /// <summary>Loads a network.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="assembly">The assembly with the resource.</param>
    /// <param name="resource">The name of the resource, which is the file of a model or of a network of 8 bits.</param>
    /// <param name="checksum">The checksum of the file that the compiler compared with the class: eight hexadecimal digits.</param>
    /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>. A network of 8 bits always computes on the processor.</param>
    /// <exception cref="FileAccessException">The assembly has no such resource.</exception>
    /// <exception cref="CheckpointFormatException">The resource is damaged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The resource has another format or unsupported content.</exception>
    /// <exception cref="CheckpointMismatchException">The resource is not the file that the compiler knows, or belongs to another model.</exception>
    /// <exception cref="CheckpointValueException">A number is invalid: it is not finite, or belongs to an edge that does not exist.</exception>
    public static Predictor Load<TModel>(Assembly assembly, string resource, string checksum, Device? device = null)
        where TModel : Model, IModel<TModel>
    {
        using SafetensorsReader reader = EmbeddedFile.Open(assembly, resource, checksum, TModel.Plan.Name);
        return PredictorFile.Read<TModel>(reader, device);
    }
}
