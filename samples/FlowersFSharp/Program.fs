open Fpe
open Fpe.Data
open Fpe.Metrics
open Fpe.Training
open Flowers

[<EntryPoint>]
let main _ =
    let flowers = CsvClasses.Read("flowers.csv", featureCount = 4, classCount = 3)
    let struct (train, test) = flowers.Divide("train", flowers.Count * 4 / 5, "test", seed = 1L)

    use model = new FlowerNet(seed = 1L)
    model.Meaning <- ModelMeaning(ClassNames = [| "bellflower"; "daisy"; "tulip" |], Features = Standardization.PerFeature(train))
    let trainer = Trainer(TrainingOptions(Epochs = 60, Optimizer = Adam(3e-3)))
    trainer.Fit(model, train) |> ignore
    printfn $"{model.Evaluate(test)}"
    model.Save("flowers.safetensors")

    use loaded = ModelFile.Load<FlowerNet>("flowers.safetensors")
    for guess in loaded.PredictTopK([| 5.1f; 3.5f; 1.4f; 0.2f |], 3) do
        printfn $"{guess}"
    0
