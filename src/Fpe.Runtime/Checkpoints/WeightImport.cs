using Fpe.Checkpoints;
using Fpe.Files;

namespace Fpe;

/// <summary>Gives the weights of another tool to a model: <c>model.ImportWeights("net.safetensors")</c>.</summary>
/// <remarks>docs/import.md describes it.</remarks>
public static class WeightImport
{
    extension(Model model)
    {
        /// <summary>
        /// Imports the <c>state_dict</c> of a PyTorch model, with any names. Tensors belong to parameters by name, or by shape, and if several
        /// have the same shape, by their order. The model keeps its meaning.
        /// </summary>
        /// <param name="path">A safetensors file with numbers of type F32, F16, BF16 or F64, in PyTorch's layouts: [out, in] for fully connected layers.</param>
        /// <param name="map">
        /// Tensor → parameter, such as <c>["net.0.weight"] = "hidden.weight"</c>, or null to leave a tensor out. It need not be complete:
        /// other tensors of the same module follow, and all others are matched. Null for none.
        /// </param>
        /// <returns>Which tensor became which parameter; print it to check it.</returns>
        /// <exception cref="InvalidOperationException">The model is expanded; the file has the weights of a dense parent.</exception>
        /// <exception cref="FileAccessException">The file cannot be read.</exception>
        /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
        /// <exception cref="CheckpointUnsupportedException">The file has another format, such as <c>.pt</c>; the message shows how to convert it.</exception>
        /// <exception cref="CheckpointMismatchException">A parameter has no tensor, a tensor no parameter, or one has integers.</exception>
        /// <exception cref="CheckpointValueException">A number is not finite.</exception>
        /// <exception cref="WeightMappingException">Nothing decides between several tensors, or the map does not fit; the message shows the map to pass.</exception>
        /// <exception cref="ModelInUseException">Another call is using the model.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
        public WeightMapping ImportWeights(string path, IReadOnlyDictionary<string, string?>? map = null)
        {
            ArgumentNullException.ThrowIfNull(model);
            using ModelAccess.Scope scope = model.Access.Write(ModelUse.Loading);
            if (model.IsExpanded)
                throw new InvalidOperationException($"{model.Plan.Name} is expanded, but weights are imported into a dense parent; import into a new model and expand it.");
            using SafetensorsReader reader = SafetensorsReader.Open(path);
            (WeightMapping mapping, LoadedModel loaded) = Read(reader, model, map ?? new Dictionary<string, string?>());
            loaded.ApplyTo(model);
            return mapping;
        }
    }

    /// <summary>Reads the weights without changing the model.</summary>
    internal static (WeightMapping Mapping, LoadedModel Loaded) Read(SafetensorsReader reader, Model model, IReadOnlyDictionary<string, string?> map)
    {
        WeightMapping mapping = WeightMatcher.Match(reader.File, model.Plan.Name, TensorsOf(reader), ImportTarget.Of(model), map);
        return (mapping, ImportedWeights.Read(reader, model, mapping));
    }

    /// <summary>The tensors of the model: those of a training run, and examples, are left out.</summary>
    private static Dictionary<string, TensorEntry> TensorsOf(SafetensorsReader reader)
    {
        if (reader.Metadata.GetValueOrDefault(FileKeys.Expanded) == "true")
            throw new CheckpointMismatchException(reader.File, "it was saved by this library and contains an expanded model; use Load or LoadWeights.");
        string[] others =
        [
            .. reader.Metadata.ContainsKey(FileKeys.Training) ? [FileKeys.TrainingTensors] : Array.Empty<string>(),
            .. reader.Metadata.ContainsKey(FileKeys.Examples) ? [FileKeys.ExampleTensors] : Array.Empty<string>(),
        ];
        return reader.Tensors.Where(tensor => !others.Any(prefix => tensor.Key.StartsWith(prefix, StringComparison.Ordinal))).ToDictionary(StringComparer.Ordinal);
    }
}
