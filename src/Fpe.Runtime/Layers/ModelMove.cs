using Fpe.Compute;

namespace Fpe;

/// <summary>Moves models between devices.</summary>
public static class ModelMove
{
    /// <summary>
    /// A copy of a model on another device, such as one to predict with where another was trained. Both are independent afterwards;
    /// numbers are the same but for the device's format.
    /// </summary>
    /// <param name="model">The model, dense or expanded.</param>
    /// <param name="device">Where the copy lives; it may be the device the model is on.</param>
    /// <typeparam name="TModel">The model's class.</typeparam>
    public static TModel To<TModel>(this TModel model, Device device)
        where TModel : Model, IModel<TModel>
    {
        ArgumentNullException.ThrowIfNull(model);
        TModel copy = TModel.Create(model.Seed, device);
        model.CopyTo(copy);
        return copy;
    }

    /// <inheritdoc cref="To{TModel}(TModel, Device)"/>
    public static PlannedModel To(this PlannedModel model, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        var copy = new PlannedModel(model.Plan, model.Seed, device);
        model.CopyTo(copy);
        return copy;
    }
}
