using System.Reflection;
using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Files;

namespace Fpe;

/// <summary>
/// Loads trained models that are resources of an assembly. The compiler emits <c>LoadEmbedded</c>, which calls it, into the class of a
/// model that the project names as <c>FpeModel</c>.
/// </summary>
public static class EmbeddedModel
{
    /// <summary>Loads a model.</summary>
    /// <typeparam name="TModel">The model class.</typeparam>
    /// <param name="assembly">The assembly with the resource.</param>
    /// <param name="resource">The name of the resource, which is a model file.</param>
    /// <param name="checksum">The checksum of the file that the compiler compared with the class: eight hexadecimal digits.</param>
    /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
    /// <exception cref="FileAccessException">The assembly has no such resource.</exception>
    /// <exception cref="CheckpointFormatException">The resource is damaged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The resource has another format or unsupported content.</exception>
    /// <exception cref="CheckpointMismatchException">The resource is not the file that the compiler knows, or belongs to another model.</exception>
    /// <exception cref="CheckpointValueException">A number is invalid: it is not finite, or belongs to an edge that does not exist.</exception>
    public static TModel Load<TModel>(Assembly assembly, string resource, string checksum, Device? device = null)
        where TModel : Model, IModel<TModel>
    {
        using SafetensorsReader reader = EmbeddedFile.Open(assembly, resource, checksum, TModel.Plan.Name);
        return ModelFile.Read<TModel>(reader, device);
    }
}
