using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Files;

namespace Fpe;

/// <summary>
/// Models in safetensors files, under PyTorch's names: <c>model.Save("net.safetensors")</c>, <c>DigitsNet.Load("net.safetensors")</c>,
/// or with C# 13 <c>ModelFile.Load&lt;DigitsNet&gt;("net.safetensors")</c>.
/// </summary>
/// <remarks>docs/reliability.md describes the format. A checkpoint of a training run can be loaded as a model, too.</remarks>
public static class ModelFile
{
    extension(Model model)
    {
        /// <summary>Saves the model. A file that is there already stays until the new one is complete and on the disk.</summary>
        /// <param name="path">The file.</param>
        /// <param name="form">How the weights of expanded layers are stored; both forms can be loaded.</param>
        /// <exception cref="FileAccessException">The file cannot be written; what was there before is unchanged.</exception>
        /// <exception cref="CheckpointFormatException">A layer with zeros filled in has more elements than an array; no file was written.</exception>
        /// <exception cref="CheckpointValueException">A weight is not finite; no file was written.</exception>
        /// <exception cref="ModelInUseException">Another thread is changing the model; no file was written.</exception>
        /// <exception cref="ObjectDisposedException">The model was disposed; no file was written.</exception>
        public void Save(string path, WeightForm form = WeightForm.Sparse)
        {
            ArgumentNullException.ThrowIfNull(model);
            using ModelAccess.Scope scope = model.Access.Read(ModelUse.Saving);
            var writer = new ModelWriter(model, form);
            if (FiniteCheck.Find(model) is { } found)
                throw new CheckpointValueException(path, $"it was not saved, because {found}; training diverged, a lower learning rate may help.");
            AtomicFile.Write(path, writer.ToFile(path).Write);
        }

        /// <summary>
        /// Gives the model the weights of a file: one saved here, in either form, or one of another tool that holds the matrices
        /// [out, in] and biases of a dense parent, or of an expanded model where this one is expanded in the same way. A file of an
        /// expanded model expands a dense parent of the same plan.
        /// </summary>
        /// <param name="path">The file.</param>
        /// <exception cref="FileAccessException">The file cannot be read.</exception>
        /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
        /// <exception cref="CheckpointUnsupportedException">The file is of another format, or has what is not read here.</exception>
        /// <exception cref="CheckpointMismatchException">The file does not fit the model.</exception>
        /// <exception cref="CheckpointValueException">A number cannot be: it is not finite, or stands where there is no edge.</exception>
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
        /// <summary>Loads a model: <c>DigitsNet.Load("net.safetensors")</c>. It has the seed of the one that was saved.</summary>
        /// <param name="path">The file.</param>
        /// <param name="device">Where the model lives; <see cref="Device.Default"/> where null.</param>
        /// <exception cref="FileAccessException">The file cannot be read.</exception>
        /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
        /// <exception cref="CheckpointUnsupportedException">The file is of another format, or has what is not read here.</exception>
        /// <exception cref="CheckpointMismatchException">The file is of another model.</exception>
        /// <exception cref="CheckpointValueException">A number cannot be: it is not finite, or stands where there is no edge.</exception>
#pragma warning disable CA1000 // There is no type argument to give: it is called as DigitsNet.Load.
        public static TModel Load(string path, Device? device = null)
#pragma warning restore CA1000
        {
            using SafetensorsReader reader = SafetensorsReader.Open(path);
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
}
