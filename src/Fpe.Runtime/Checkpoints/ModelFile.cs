using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Files;

namespace Fpe;

/// <summary>
/// Saves and loads models as safetensors files with PyTorch's parameter names: <c>model.Save("net.safetensors")</c>,
/// <c>DigitsNet.Load("net.safetensors")</c>, or with C# 13 <c>ModelFile.Load&lt;DigitsNet&gt;("net.safetensors")</c>.
/// </summary>
/// <remarks>docs/reliability.md describes the format. A checkpoint of a training run can also be loaded as a model.</remarks>
public static class ModelFile
{
    extension(Model model)
    {
        /// <summary>Saves the model. An existing file is kept until the new one is complete and on the disk.</summary>
        /// <param name="path">The file.</param>
        /// <param name="form">How the weights of expanded layers are stored; both forms can be loaded.</param>
        /// <param name="manifest">
        /// Whether to write a manifest beside it, <c>net.safetensors.manifest</c>: a short text with plan, counts and checksum, which the
        /// compiler compares with the class of a program that embeds the model. One that is there is always replaced.
        /// </param>
        /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
        /// <exception cref="CheckpointFormatException">A layer with zeros filled in exceeds the maximum length of an array; no file was written.</exception>
        /// <exception cref="CheckpointValueException">A weight is not finite; no file was written.</exception>
        /// <exception cref="ModelInUseException">Another thread is changing the model; no file was written.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed; no file was written.</exception>
        public void Save(string path, WeightForm form = WeightForm.Sparse, bool manifest = false)
        {
            ArgumentNullException.ThrowIfNull(model);
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Saving);
            Write(model, FileOf(model, form, path), path, manifest);
        }

        /// <summary>
        /// Saves the model with examples, so that it can be trained further without forgetting them: <c>Load</c> with
        /// <c>out Dataset examples</c> returns both. Other ways of loading ignore them.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="examples">Samples with classes, as they were read, for the model to standardise.</param>
        /// <param name="form">How the weights of expanded layers are stored; both forms can be loaded.</param>
        /// <param name="manifest">Whether to write a manifest beside it, which the compiler compares with the class.</param>
        /// <exception cref="DatasetException">The examples do not fit the model, or are standardised already; no file was written.</exception>
        /// <inheritdoc cref="Save(Model, string, WeightForm, bool)" path="/exception"/>
        public void Save(string path, Dataset examples, WeightForm form = WeightForm.Sparse, bool manifest = false)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(examples);
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Saving);
            Write(model, FileOf(model, form, path, examples), path, manifest);
        }

        /// <summary>Writes the model to a stream, as <see cref="Save(Model, string, WeightForm, bool)"/> writes it to a file.</summary>
        /// <param name="stream">Where the file begins; it stays open.</param>
        /// <param name="form">How the weights of expanded layers are stored; both forms can be loaded.</param>
        /// <exception cref="CheckpointFormatException">A layer with zeros filled in exceeds the maximum length of an array; nothing was written.</exception>
        /// <exception cref="CheckpointValueException">A weight is not finite; nothing was written.</exception>
        /// <exception cref="ModelInUseException">Another thread is changing the model; nothing was written.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed; nothing was written.</exception>
        public void Save(Stream stream, WeightForm form = WeightForm.Sparse)
        {
            ArgumentNullException.ThrowIfNull(model);
            ArgumentNullException.ThrowIfNull(stream);
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Saving);
            FileOf(model, form, model.Plan.Name).Write(stream);
        }

        /// <summary>
        /// Loads the weights of a file into the model. The file was saved by this library, in either form, or by another tool, with the
        /// matrices [out, in] and biases of a dense parent, or of an expanded model if this one is expanded in the same way. A file of an
        /// expanded model expands a dense parent with the same plan.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <exception cref="FileAccessException">The file cannot be read.</exception>
        /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
        /// <exception cref="CheckpointUnsupportedException">The file has another format or unsupported content.</exception>
        /// <exception cref="CheckpointMismatchException">The file does not fit the model.</exception>
        /// <exception cref="CheckpointValueException">A number is invalid: it is not finite, or belongs to an edge that does not exist.</exception>
        public void LoadWeights(string path)
        {
            ArgumentNullException.ThrowIfNull(model);
            using ModelAccess.Scope scope = model.Access.Write(ModelUse.Loading);
            using SafetensorsReader reader = SafetensorsReader.Open(path);
            ModelReader.Read(reader, model).ApplyTo(model);
        }
    }

    extension<TModel>(TModel)
        where TModel : Model, IModel<TModel>
    {
        /// <summary>Loads a model: <c>DigitsNet.Load("net.safetensors")</c>. It has the seed of the saved model.</summary>
        /// <param name="path">The file.</param>
        /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
        /// <exception cref="FileAccessException">The file cannot be read.</exception>
        /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
        /// <exception cref="CheckpointUnsupportedException">The file has another format or unsupported content.</exception>
        /// <exception cref="CheckpointMismatchException">The file belongs to another model.</exception>
        /// <exception cref="CheckpointValueException">A number is invalid: it is not finite, or belongs to an edge that does not exist.</exception>
#pragma warning disable CA1000 // No type argument is needed: it is called as DigitsNet.Load.
        public static TModel Load(string path, Device? device = null)
#pragma warning restore CA1000
        {
            using SafetensorsReader reader = SafetensorsReader.Open(path);
            return Read<TModel>(reader, device);
        }

        /// <summary>Loads a model with the examples that were saved with it: <c>DigitsNet.Load("net.safetensors", out Dataset? examples)</c>.</summary>
        /// <param name="path">The file.</param>
        /// <param name="examples">Receives the examples, as they were read; null if the file has none.</param>
        /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
        /// <inheritdoc cref="Load{TModel}(string, Device?)" path="/exception"/>
#pragma warning disable CA1000 // No type argument is needed: it is called as DigitsNet.Load.
        public static TModel Load(string path, out Dataset? examples, Device? device = null)
#pragma warning restore CA1000
        {
            using SafetensorsReader reader = SafetensorsReader.Open(path);
            TModel model = Read<TModel>(reader, device);
            try
            {
                examples = ExampleTensors.Read(reader, TModel.Plan);
                return model;
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }

        /// <summary>Loads a model from a stream, as <see cref="Load{TModel}(string, Device?)"/> loads it from a file.</summary>
        /// <param name="stream">The file and nothing else, such as an embedded resource; it is closed. One that cannot seek is read into memory first.</param>
        /// <param name="name">The name for messages.</param>
        /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
        /// <inheritdoc cref="Load{TModel}(string, Device?)" path="/exception"/>
#pragma warning disable CA1000 // No type argument is needed: it is called as DigitsNet.Load.
        public static TModel Load(Stream stream, string name, Device? device = null)
#pragma warning restore CA1000
        {
            ArgumentNullException.ThrowIfNull(stream);
            using Stream closed = stream; // Also if it is damaged, so that there is no reader.
            using SafetensorsReader reader = SafetensorsReader.Open(stream, name);
            return Read<TModel>(reader, device);
        }

        /// <summary>Loads a model from memory, as <see cref="Load{TModel}(string, Device?)"/> loads it from a file.</summary>
        /// <param name="content">The bytes of the file.</param>
        /// <param name="name">The name for messages.</param>
        /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
        /// <inheritdoc cref="Load{TModel}(string, Device?)" path="/exception"/>
#pragma warning disable CA1000 // No type argument is needed: it is called as DigitsNet.Load.
        public static TModel Load(ReadOnlyMemory<byte> content, string name, Device? device = null) => Load<TModel>(SafetensorsReader.StreamOf(content), name, device);
#pragma warning restore CA1000
    }

    private static void Write(Model model, SafetensorsWriter file, string path, bool manifest) =>
        ManifestFile.WriteWith(path, file, checksum => model.Plan.ToManifest(model.IsExpanded, NumberFormat.Float, checksum), manifest);

    private static SafetensorsWriter FileOf(Model model, WeightForm form, string file, Dataset? examples = null)
    {
        var writer = new ModelWriter(model, form);
        return FiniteCheck.Find(model) is { } found
            ? throw new CheckpointValueException(file, $"it was not saved, because {found}; training diverged, so try a lower learning rate.")
            : writer.ToFile(file, examples);
    }

    /// <summary>Creates a model with the content of a file.</summary>
    internal static TModel Read<TModel>(SafetensorsReader reader, Device? device)
        where TModel : Model, IModel<TModel>
    {
        TModel model = TModel.Create(ModelReader.SeedOf(reader), device ?? Device.Default);
        try
        {
            ModelReader.Read(reader, model).ApplyTo(model);
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }
}
