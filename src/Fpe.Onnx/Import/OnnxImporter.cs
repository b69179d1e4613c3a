using Fpe.Compute;
using Fpe.Files;
using Fpe.Onnx.Import;

namespace Fpe.Onnx;

/// <summary>
/// Imports ONNX files of chains of layers: fully connected layers, convolutions, pooling, batch normalisation and activation functions, each
/// of which reads the one before it.
/// </summary>
/// <remarks>docs/import.md lists the operators.</remarks>
public static class OnnxImporter
{
    extension(Model model)
    {
        /// <summary>
        /// Gives the weights of an ONNX file to a declared model, after checking that both are the same chain of layers. Layers that change no
        /// prediction, such as dropout, need no node. The model keeps its meaning.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <returns>Which node became which layer, and what was left out; print it to check it.</returns>
        /// <exception cref="OnnxImportException">The file is damaged or not a chain of known nodes, or the model differs; it is unchanged.</exception>
        /// <exception cref="InvalidOperationException">The model is expanded; the file has the weights of a dense parent.</exception>
        /// <exception cref="FileAccessException">The file cannot be read.</exception>
        /// <exception cref="ModelInUseException">Another call is using the model.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
        public OnnxImport ImportOnnx(string path)
        {
            ArgumentNullException.ThrowIfNull(model);
            Chain chain = ChainReader.Read(Parse(path));
            RequireParent(model);
            var match = ModelMatch.Of(path, chain, model);

            // From here on the model counts as trained, so what can be refused was refused before; only another thread may have expanded it.
            using IDisposable writing = model.BeginWrite();
            RequireParent(model);
            return match.Write();
        }
    }

    /// <summary>
    /// Creates a model from a file without a declared class. Names of layers are those of their weights, or kinds with numbers. A softmax or
    /// sigmoid at the end is left out, because outputs of a model are logits: its <see cref="ModelMeaning.Task"/> says what becomes of them.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
    /// <exception cref="OnnxImportException">The file is damaged or not a chain of known nodes.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static PlannedModel Load(string path, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream stream = ReadableFile.OpenStream(path);
        return Load(path, stream, device);
    }

    /// <summary>Creates a model from the content of a file.</summary>
    internal static PlannedModel Load(string path, Stream content, Device? device = null)
    {
        Chain chain = ChainReader.Read(OnnxFile.Parse(path, content));
        ModelPlan plan;
        try
        {
            plan = new ModelPlan(NameOf(path), chain.InputCount, FusedLayers.Of(chain));
        }
        catch (PlanException error)
        {
            throw new OnnxImportException(path, $"its layers are not a model: {error.Message}", error);
        }

        var model = new PlannedModel(plan, device: device);
        try
        {
            ModelMatch.Of(path, chain, model).Write();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>Returns the C# class that declares the network of a file, into which <c>ImportOnnx</c> then imports its weights.</summary>
    /// <param name="path">The file.</param>
    /// <param name="className">The name of the class; null for that of the file.</param>
    /// <exception cref="OnnxImportException">The file is damaged or not a chain of known nodes, or it cannot be declared.</exception>
    /// <exception cref="FileAccessException">The file cannot be read.</exception>
    public static string Declare(string path, string? className = null)
    {
        OnnxFile file = Parse(path);
        string name = className ?? NameOf(path);
        return ClassSource.Of(file, ChainReader.Read(file, name), name);
    }

    private static void RequireParent(Model model)
    {
        if (model.IsExpanded)
            throw new InvalidOperationException($"{model.Plan.Name} is expanded, but weights are imported into a dense parent; import into a new model and expand it.");
    }

    private static OnnxFile Parse(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        using FileStream stream = ReadableFile.OpenStream(path);
        return OnnxFile.Parse(path, stream);
    }

    private static string NameOf(string path)
    {
        string name = StepNames.PascalCase(Path.GetFileNameWithoutExtension(path));
        return name.Length == 0 || char.IsAsciiDigit(name[0]) ? $"Net{name}" : name;
    }
}
