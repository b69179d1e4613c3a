using Samples.DigitsService;

// A model that is not there yet is trained, which takes a second or two.
string file = Path.Combine(AppContext.BaseDirectory, "digits.safetensors");
if (!File.Exists(file))
    DigitsModel.Train(file);
using Predictor predictor = DigitNet.LoadPredictor(file);

WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(args);
builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ServiceJson.Default));
WebApplication app = builder.Build();
var allocations = new Allocations();

// One predictor serves all requests: its weights never change, and any number of threads may use it at once.
app.MapPost("/predict", (DigitRequest request) =>
{
    try
    {
        var best = new ClassProbability[3];
        allocations.Measure(() => predictor.PredictTopK(request.Pixels, best));
        return Results.Ok(best.Select(answer => new DigitAnswer(answer.Name!, answer.Probability)).ToArray());
    }
    catch (ArgumentException wrong)
    {
        return Results.Problem(wrong.Message, statusCode: StatusCodes.Status400BadRequest, title: "The sample cannot be predicted.");
    }
});
app.MapGet("/allocations", () => allocations.Read());
app.Run();
