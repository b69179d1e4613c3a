using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Files;
using Fpe.Quantization;

namespace Fpe;

/// <summary>
/// Saves and loads networks that only predict: <c>predictor.Save("net.safetensors")</c>, <c>DigitsNet.LoadPredictor("net.safetensors")</c>, or
/// with C# 13 <c>PredictorFile.LoadPredictor&lt;DigitsNet&gt;("net.safetensors")</c>. The file of a quantised network has its bytes.
/// </summary>
/// <remarks>docs/reliability.md describes the format.</remarks>
public static class PredictorFile
{
    extension(Predictor predictor)
    {
        /// <summary>Saves the network. An existing file is kept until the new one is complete and on the disk.</summary>
        /// <param name="path">The file.</param>
        /// <param name="manifest">Whether to write a manifest beside it, which the compiler compares with the class. One that is there is always replaced.</param>
        /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
        /// <exception cref="CheckpointValueException">A weight is not finite; no file was written.</exception>
        /// <exception cref="ObjectDisposedException">The predictor was disposed; no file was written.</exception>
        public void Save(string path, bool manifest = false)
        {
            ArgumentNullException.ThrowIfNull(predictor);
            if (predictor.Source is Model model)
            {
                model.Save(path, manifest: manifest);
                return;
            }

            using ModelAccess.Scope scope = predictor.Source.Access.Read(ModelUse.Saving);
            bool isExpanded = ((QuantizedNetwork)predictor.Source).Numbers.IsExpanded;
            ManifestFile.WriteWith(path, FileOf(predictor, path), checksum => predictor.Plan.ToManifest(isExpanded, NumberFormat.Int8, checksum), manifest);
        }

        /// <summary>Writes the network to a stream, as <see cref="Save(Predictor, string, bool)"/> writes it to a file.</summary>
        /// <param name="stream">Where the file begins; it stays open.</param>
        /// <exception cref="CheckpointValueException">A weight is not finite; nothing was written.</exception>
        /// <exception cref="ObjectDisposedException">The predictor was disposed; nothing was written.</exception>
        public void Save(Stream stream)
        {
            ArgumentNullException.ThrowIfNull(predictor);
            ArgumentNullException.ThrowIfNull(stream);
            if (predictor.Source is Model model)
            {
                model.Save(stream);
                return;
            }

            using ModelAccess.Scope scope = predictor.Source.Access.Read(ModelUse.Saving);
            FileOf(predictor, predictor.Plan.Name).Write(stream);
        }
    }

    extension<TModel>(TModel)
        where TModel : Model, IModel<TModel>
    {
#pragma warning disable CA1000 // No type argument is needed: it is called as DigitsNet.LoadPredictor.
        /// <summary>
        /// Loads a model that only predicts: <c>DigitsNet.LoadPredictor("net.safetensors")</c>. The file has a model, or a network of 8 bits.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <param name="device">
        /// The device that holds the model; null for <see cref="Device.Default"/>. A network of 8 bits always computes on the processor.
        /// </param>
        /// <exception cref="FileAccessException">The file cannot be read.</exception>
        /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
        /// <exception cref="CheckpointUnsupportedException">The file has another format or unsupported content.</exception>
        /// <exception cref="CheckpointMismatchException">The file belongs to another model.</exception>
        /// <exception cref="CheckpointValueException">A number is invalid: it is not finite, or belongs to an edge that does not exist.</exception>
        public static Predictor LoadPredictor(string path, Device? device = null)
        {
            using SafetensorsReader reader = SafetensorsReader.Open(path);
            return Read<TModel>(reader, device);
        }

        /// <summary>Loads a model that only predicts from a stream.</summary>
        /// <param name="stream">The file and nothing else, such as an embedded resource; it is closed. One that cannot seek is read into memory first.</param>
        /// <param name="name">The name for messages.</param>
        /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
        /// <inheritdoc cref="LoadPredictor{TModel}(string, Device?)" path="/exception"/>
        public static Predictor LoadPredictor(Stream stream, string name, Device? device = null)
        {
            ArgumentNullException.ThrowIfNull(stream);
            using Stream closed = stream; // Also if it is damaged, so that there is no reader.
            using SafetensorsReader reader = SafetensorsReader.Open(stream, name);
            return Read<TModel>(reader, device);
        }

        /// <summary>Loads a model that only predicts from memory.</summary>
        /// <param name="content">The bytes of the file.</param>
        /// <param name="name">The name for messages.</param>
        /// <param name="device">The device that holds the model; null for <see cref="Device.Default"/>.</param>
        /// <inheritdoc cref="LoadPredictor{TModel}(string, Device?)" path="/exception"/>
        public static Predictor LoadPredictor(ReadOnlyMemory<byte> content, string name, Device? device = null) =>
            LoadPredictor<TModel>(SafetensorsReader.StreamOf(content), name, device);

        /// <summary>
        /// Writes the manifest of a file that was saved without one: <c>DigitsNet.WriteManifest("net.safetensors")</c> writes
        /// <c>net.safetensors.manifest</c>, which the compiler compares with the class.
        /// </summary>
        /// <param name="path">The file of a model, or of a network of 8 bits.</param>
        /// <exception cref="FileAccessException">The file cannot be read, or the manifest cannot be written.</exception>
        /// <exception cref="CheckpointUnsupportedException">The file was not saved by this library, has another format or unsupported content.</exception>
        /// <inheritdoc cref="LoadPredictor{TModel}(string, Device?)" path="/exception"/>
        public static void WriteManifest(string path)
        {
            using SafetensorsReader reader = SafetensorsReader.Open(path);
            if (!reader.Metadata.TryGetValue(FileKeys.Checksum, out string? checksum))
                throw new CheckpointUnsupportedException(path, "it has no checksum, because it was not saved by this library; load it, and save the model.");
            Read<TModel>(reader, device: null).Dispose(); // It is what the class loads.
            NumberFormat format = QuantizedReader.IsQuantized(reader) ? NumberFormat.Int8 : NumberFormat.Float;
            ManifestFile.Write(path, TModel.Plan.ToManifest(FileChecks.ReadFlag(reader, FileKeys.Expanded), format, checksum));
        }
#pragma warning restore CA1000
    }

    private static SafetensorsWriter FileOf(Predictor predictor, string file) =>
        new QuantizedWriter(((QuantizedNetwork)predictor.Source).Numbers).ToFile(file);

    /// <summary>Creates a predictor with the content of a file.</summary>
    internal static Predictor Read<TModel>(SafetensorsReader reader, Device? device)
        where TModel : Model, IModel<TModel>
    {
        if (!QuantizedReader.IsQuantized(reader))
            return new Predictor(ModelFile.Read<TModel>(reader, device));
        QuantizedNetwork network = QuantizedReader.Read(reader, TModel.Plan, IntegerDot.Fastest);
        return new Predictor(network, network.Numbers.WeightCount, network.Close);
    }
}
